import {formatAge} from '../../../format/duration.js';
import {formatCount} from '../../../format/number.js';
import {formatSpeed} from '../../../format/speed.js';
import {selectBrowseDetails, type BrowseDetails} from '../../../state/selectors/browse-details.js';
import {browseStripRows} from '../../../state/selectors/browse-layout.js';
import {type AppState} from '../../../state/state.js';
import {fitLabels} from '../../../state/selectors/fit-words.js';
import {Lines, type Spans} from '../../components/lines.js';
import {signs} from '../../theme.js';

export type BrowseStripProps = {
	readonly state: AppState;
	readonly width: number;
};

/**
Two lines about the selected row, where its details have no room beside the list.
*/
export function BrowseStrip({state, width}: BrowseStripProps) {
	const view = selectBrowseDetails(state);
	const rule: Spans = [{text: signs.rule.repeat(width), color: 'muted'}];
	return <Lines lines={[rule, ...(view ? [about(state, view), verdictOf(view)] : [])]} width={width} height={browseStripRows}/>;
}

function about({screen}: AppState, {row, model, result}: BrowseDetails): Spans {
	if (model) {
		return [` ${model.description}`];
	}

	const facts = [
		`${formatCount(row.downloads ?? 0)} downloads`,
		`${formatCount(row.likes ?? 0)} likes`,
		result?.license === undefined ? undefined : `licence ${result.license}`,
		result?.updatedAt === undefined ? undefined : `updated ${formatAge(result.updatedAt, screen.now)}`,
		row.isGated ? 'gated: its terms must be accepted first' : undefined,
	];
	return [` ${facts.filter(fact => fact !== undefined).join(' · ')}`];
}

function verdictOf({row, variants, cursor}: BrowseDetails): Spans {
	const verdict = variants[cursor]?.verdict;
	if (verdict) {
		const {text, color} = fitLabels[verdict.level];
		const range = verdict.speed?.generationTokensPerSecond;
		const speed = range === undefined ? '' : `${formatSpeed(range)} tokens/s. `;
		return [{text: ` ${text.slice(0, 1)} `, color}, speed, `${row.origin === 'hub' ? `${variants[cursor]?.quantization ?? ''}: ` : ''}${verdict.reason}`];
	}

	return [{text: row.origin === 'hub' ? ' Enter shows its variants and which of them fit.' : ' Looking at this machine to see whether it fits …', color: 'muted'}];
}
