import {formatBytes} from '../../../format/bytes.js';
import {formatAge} from '../../../format/duration.js';
import {nameWithoutQuantization} from '../../../format/model-name.js';
import {type Verification} from '../../../state/reducers/cache-verification.js';
import {selectCacheRows} from '../../../state/selectors/cache-rows.js';
import {type AppState} from '../../../state/state.js';
import {type InstalledModel} from '../../../types/installed-model.js';
import {EmptyList} from '../../components/empty-list.js';
import {Table, type Column} from '../../components/table.js';
import {type ThemeColor} from '../../theme.js';
import {type ScreenProps} from '../screen-props.js';

/**
What is installed, with what it costs and how much it is used.
*/
export function CacheList({state, width, height}: ScreenProps) {
	const {cache} = state;
	const rows = selectCacheRows(state);
	return rows.length === 0
		? <EmptyList lines={emptyLines(state)} width={width} height={height}/>
		: (
			<Table
				columns={columnsFor(state, width)}
				rows={rows}
				rowKey={({id}) => id}
				list={cache.list}
				width={width}
				height={height}
				isFocused={cache.focus === 'list'}
				isMarked={({id}) => cache.marked.has(id)}
			/>
		);
}

function emptyLines({library, cache}: AppState): readonly string[] {
	if (library.status === 'failed') {
		return [`! ${library.error?.message ?? 'What is installed cannot be read.'}`, `${library.error?.hint ?? ''} r tries again.`.trim()];
	}

	if (library.status === 'loading') {
		return ['Looking at what is installed …'];
	}

	return cache.filter.value === ''
		? ['Nothing is installed.', '1 browse, d downloads a model.']
		: [`No installed model matches “${cache.filter.value}”.`, '/ edits the filter, Esc clears it.'];
}

const sources: Readonly<Record<InstalledModel['source'], string>> = {starter: 'built-in', 'hugging-face': 'hub', file: 'file'};

function columnsFor({screen, cache}: AppState, width: number): ReadonlyArray<Column<InstalledModel>> {
	const lastUsed: Column<InstalledModel> = {title: 'last used', width: 10, value: model => formatAge(model.lastUsed, screen.now)};
	const downloaded: Column<InstalledModel> = {
		title: 'downloaded', width: 10, value: model => (model.source === 'starter' ? '–' : formatAge(model.downloadedAt, screen.now)),
	};
	const check: Column<InstalledModel> = {
		title: 'files',
		width: 9,
		value: ({id}) => verificationText(cache.verifications.get(id)),
		color: ({id}) => verificationColor(cache.verifications.get(id)),
	};
	return [name, quantization, size, source, ...(width >= 90 ? [downloaded] : []), lastUsed, uses, check];
}

const name: Column<InstalledModel> = {title: 'model', width: 'flex', value: model => nameWithoutQuantization(model.name, model.quantization)};
const quantization: Column<InstalledModel> = {title: 'quant', width: 8, value: model => model.quantization};
const size: Column<InstalledModel> = {
	title: 'size', width: 8, align: 'right', value: model => formatBytes(model.sizeBytes),
};
const source: Column<InstalledModel> = {title: 'source', width: 8, value: model => sources[model.source]};
const uses: Column<InstalledModel> = {
	title: 'uses', width: 4, align: 'right', value: model => String(model.useCount),
};

const results = {ok: '✓ ok', changed: '✗ changed', missing: '✗ missing'} as const;

export function verificationText(verification: Verification | undefined): string {
	switch (verification?.status) {
		case undefined: {
			return '';
		}

		case 'waiting': {
			return 'waiting';
		}

		case 'running': {
			const {doneBytes, totalBytes} = verification;
			return `${totalBytes === 0 ? 0 : Math.floor((doneBytes / totalBytes) * 100)}%`;
		}

		case 'failed': {
			return '! failed';
		}

		case 'done': {
			return results[verification.result.status];
		}
	}
}

export function verificationColor(verification: Verification | undefined): ThemeColor | undefined {
	if (verification?.status === 'failed') {
		return 'bad';
	}

	return verification?.status === 'done' ? (verification.result.status === 'ok' ? 'good' : 'bad') : 'muted';
}
