import {inTurn} from '../../format/in-turn.js';
import {type FitLevel} from '../../types/fit.js';
import {type BrowseSort, type Fits} from '../reducers/browse.js';
import {type BrowseRow} from './browse-rows.js';

/**
Whether it runs here at all counts most: well, only just, or not. What is not known yet may run well.
*/
const chances: Readonly<Record<FitLevel | 'unknown', number>> = {
	gpu: 0, split: 0, memory: 0, unknown: 0, tight: 1, 'less-context': 1, none: 2,
};

const speeds: Readonly<Record<FitLevel | 'unknown', number>> = {
	gpu: 0, split: 1, memory: 2, unknown: 3, tight: 0, 'less-context': 0, none: 0,
};

type Ranked = {readonly row: BrowseRow; readonly chance: number; readonly speed: number};

/**
The registry's models. The registry does not count downloads, so its best come first in that order too.
*/
export function orderRegistry(rows: readonly BrowseRow[], fits: Fits, sort: BrowseSort): readonly BrowseRow[] {
	switch (sort) {
		case 'name': {
			return rows.toSorted(byName);
		}

		case 'size': {
			return rows.toSorted((one, other) => inTurn(bySize(one, other), () => byName(one, other)));
		}

		case 'downloads':
		case 'recommended': {
			return rows.map(row => rank(row, fits)).toSorted(byRecommendation).map(({row}) => row);
		}
	}
}

/**
What was found: as the hub ordered it, where nothing else is asked for.
*/
export function orderResults(rows: readonly BrowseRow[], sort: BrowseSort): readonly BrowseRow[] {
	switch (sort) {
		case 'name': {
			return rows.toSorted(byName);
		}

		case 'downloads': {
			return rows.toSorted((one, other) => (other.downloads ?? 0) - (one.downloads ?? 0));
		}

		// A repository has no size of its own.
		case 'size':
		case 'recommended': {
			return rows;
		}
	}
}

function rank(row: BrowseRow, fits: Fits): Ranked {
	const level = fits.get(row.key)?.level ?? 'unknown';
	return {row, chance: chances[level], speed: speeds[level]};
}

/**
The largest that fits is the best; of those that do not, the smallest is the nearest.
*/
function byRecommendation(one: Ranked, other: Ranked): number {
	const differences = [
		one.chance - other.chance,
		Number(other.row.isRecommended) - Number(one.row.isRecommended),
		one.speed - other.speed,
		one.chance === chances.none ? bySize(one.row, other.row) : bySize(other.row, one.row),
	];
	return differences.find(difference => difference !== 0) ?? 0;
}

function bySize(one: BrowseRow, other: BrowseRow): number {
	return (one.sizeBytes ?? 0) - (other.sizeBytes ?? 0);
}

const collator = new Intl.Collator('en', {numeric: true});

function byName(one: BrowseRow, other: BrowseRow): number {
	return collator.compare(one.name, other.name);
}
