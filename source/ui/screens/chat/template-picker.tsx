import {Box} from 'ink';
import {templateNames} from '../../../state/reducers/chat.js';
import {wrapped, wrappedFacts, type StyledLine} from '../../../state/selectors/styled-lines.js';
import {type AppState} from '../../../state/state.js';
import {type ConfigurationTemplate} from '../../../types/configuration-template.js';
import {Line} from '../../components/line.js';
import {Lines} from '../../components/lines.js';
import {Table, tableHeadingRows, type Column} from '../../components/table.js';
import {type ScreenProps} from '../screen-props.js';

const templateOf = ({chat}: AppState, name: string) => chat.templates.find(template => template.name === name);

const descriptionOf = (template: ConfigurationTemplate | undefined) => template?.description ?? 'The settings of the config.';

const columnsOf = (state: AppState): ReadonlyArray<Column<string>> => [
	{title: 'template', width: 16, value: name => (name === '' ? 'none' : name)},
	{title: 'what it is for', width: 'flex', value: name => descriptionOf(templateOf(state, name))},
	{
		title: 'from', width: 8, value: name => (templateOf(state, name)?.origin === 'built-in' ? 'Remuda' : 'config'), color: () => 'muted',
	},
];

/**
Rows kept for what the selected template says.
*/
const detailRows = 8;

/**
The configuration templates, to take system prompt, sampling and context of one.
*/
export function TemplatePicker({state, width, height}: ScreenProps) {
	const names = templateNames(state.chat);
	const tableHeight = Math.min(names.length + tableHeadingRows, Math.max(tableHeadingRows + 1, height - 1 - detailRows));
	const details = detailsOf(templateOf(state, names[state.chat.list.cursor] ?? ''), width - 4);
	const {cursor} = state.chat.list;
	const top = Math.max(0, Math.min(cursor, names.length - tableHeight + tableHeadingRows));
	return (
		<Box flexDirection='column' width={width} height={height}>
			<Line width={width} spans={[{text: ' Which settings shall this chat have?', isBold: true}]}/>
			<Table columns={columnsOf(state)} rows={names} rowKey={name => name} list={{cursor, top}} width={width} height={tableHeight}/>
			<Lines lines={details.map(line => ['  ', ...line])} width={width} height={height - 1 - tableHeight}/>
		</Box>
	);
}

function detailsOf(template: ConfigurationTemplate | undefined, width: number): readonly StyledLine[] {
	const {systemPrompt = '', sampling = {}, plan = {}} = template ?? {};
	const {temperature, topP, maxTokens} = sampling;
	return [
		[],
		...wrapped(descriptionOf(template), width),
		...wrappedFacts([
			temperature === undefined ? undefined : `temperature ${temperature}`,
			topP === undefined ? undefined : `top-p ${topP}`,
			maxTokens === undefined ? undefined : `${maxTokens} tokens at most`,
			plan.contextSize === undefined ? undefined : `context ${plan.contextSize}`,
		], width, {color: 'muted'}),
		...wrapped(systemPrompt === '' ? '' : `System prompt: ${systemPrompt}`, width, {color: 'muted', limit: 4}),
	];
}
