import {wrapCells} from '../../format/wrap.js';
import {type ChoiceDialog} from '../../state/dialog.js';
import {signs} from '../theme.js';
import {fitLines} from './fit-lines.js';
import {Framed} from './framed.js';
import {Line} from './line.js';

export type ChoiceViewProps = {
	readonly dialog: ChoiceDialog;
	readonly width: number;
	readonly height: number;
};

/**
A question with a few answers: a letter takes one at once, Enter the selected one.
*/
export function ChoiceView({dialog, width, height}: ChoiceViewProps) {
	const {choices, cursor, closeLabel} = dialog;
	const innerWidth = Math.min(76, width - 4);
	const lines = fitLines(dialog.lines.flatMap(line => wrapCells(line, innerWidth, {isLaidOut: true})), Math.max(1, height - 7 - choices.length));
	return (
		<Framed title={dialog.title} width={width} height={height} innerWidth={innerWidth}>
			{lines.map((line, index) => <Line key={index} width={innerWidth} spans={[line]}/>)}
			<Line width={innerWidth} spans={[]}/>
			{choices.map(({key, label}, index) => (
				<Line
					key={key}
					width={innerWidth}
					isSelected={index === cursor}
					spans={[index === cursor ? signs.selected : ' ', {text: ` ${key} `, color: 'accent', isBold: true}, ` ${label}`]}
				/>
			))}
			<Line width={innerWidth} spans={[]}/>
			<Line width={innerWidth} spans={[{text: 'Enter', color: 'accent', isBold: true}, ' take the selected   ', {text: 'Esc', color: 'accent', isBold: true}, ` ${closeLabel}`]}/>
		</Framed>
	);
}
