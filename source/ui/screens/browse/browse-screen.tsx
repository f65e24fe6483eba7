import {Line} from '../../components/line.js';
import {type ScreenProps} from '../screen-props.js';

export function BrowseScreen({state, width}: ScreenProps) {
	return <Line width={width} spans={[state.screen.tab]}/>;
}
