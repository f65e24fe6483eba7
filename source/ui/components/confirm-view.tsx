import {wrapCells} from '../../format/wrap.js';
import {type ConfirmDialog} from '../../state/dialog.js';
import {fitLines} from './fit-lines.js';
import {Framed} from './framed.js';
import {Line} from './line.js';

export type ConfirmViewProps = {
	readonly dialog: ConfirmDialog;
	readonly width: number;
	readonly height: number;
};

/**
Asks before something is lost; names what.
*/
export function ConfirmView({dialog, width, height}: ConfirmViewProps) {
	const innerWidth = Math.min(76, width - 4);
	const wrapped = dialog.lines.flatMap(line => wrapCells(line, innerWidth));
	const lines = fitLines(wrapped, Math.max(1, height - 6));
	return (
		<Framed title={dialog.title} width={width} height={height} innerWidth={innerWidth}>
			{lines.map((line, index) => <Line key={index} width={innerWidth} spans={[line]}/>)}
			<Line width={innerWidth} spans={[]}/>
			<Line width={innerWidth} spans={[{text: 'Enter', color: 'accent', isBold: true}, ` ${dialog.confirmLabel}   `, {text: 'Esc', color: 'accent', isBold: true}, ' keep everything as it is']}/>
		</Framed>
	);
}
