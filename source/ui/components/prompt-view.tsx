import {wrapCells} from '../../format/wrap.js';
import {type PromptDialog} from '../../state/dialog.js';
import {Framed} from './framed.js';
import {Line} from './line.js';
import {TextInput} from './text-input.js';

export type PromptViewProps = {
	readonly dialog: PromptDialog;
	readonly width: number;
	readonly height: number;
};

/**
Asks for a line of text.
*/
export function PromptView({dialog, width, height}: PromptViewProps) {
	const innerWidth = Math.min(76, width - 4);
	return (
		<Framed title={dialog.title} width={width} height={height} innerWidth={innerWidth}>
			<TextInput isFocused field={dialog.field} width={innerWidth}/>
			<Line width={innerWidth} spans={[]}/>
			{wrapCells(dialog.hint, innerWidth).map(line => <Line key={line} width={innerWidth} spans={[{text: line, color: 'muted'}]}/>)}
		</Framed>
	);
}
