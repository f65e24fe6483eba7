import {Box} from 'ink';
import {templateNames} from '../../../state/reducers/chat.js';
import {type AppState} from '../../../state/state.js';
import {Line} from '../../components/line.js';
import {Table, type Column} from '../../components/table.js';
import {type ScreenProps} from '../screen-props.js';

const columnsOf = ({chat}: AppState): ReadonlyArray<Column<string>> => {
	const templateOf = (name: string) => chat.templates.find(template => template.name === name);
	return [
		{title: 'template', width: 16, value: name => (name === '' ? 'none' : name)},
		{title: 'what it is for', width: 'flex', value: name => templateOf(name)?.description ?? 'The settings of the config.'},
		{
			title: 'from', width: 8, value: name => (templateOf(name)?.origin === 'built-in' ? 'Remuda' : 'config'), color: () => 'muted',
		},
	];
};

/**
The configuration templates, to take system prompt, sampling and context of one.
*/
export function TemplatePicker({state, width, height}: ScreenProps) {
	return (
		<Box flexDirection='column' width={width} height={height}>
			<Line width={width} spans={[{text: ' Which settings shall this chat have?', isBold: true}]}/>
			<Table columns={columnsOf(state)} rows={templateNames(state.chat)} rowKey={name => name} list={state.chat.list} width={width} height={height - 1}/>
		</Box>
	);
}
