import {parseHours} from '../../../format/hours.js';
import {type Config} from '../../../types/config.js';
import {type HoursOfDay} from '../../../types/download.js';
import {type HardwareReport} from '../../../types/hardware.js';
import {type RegistryModel} from '../../../types/registry-model.js';
import {fitSubjectOf} from '../../hardware/fit-subject-of.js';
import {judgeFit} from '../../hardware/judge-fit.js';
import {recommendModels} from '../../hardware/select-model.js';

/**
Which model of the registry to fetch without being asked, and when: the one recommended for this machine, in quiet hours. Undefined where that is not wanted, no hours are quiet, none fits, or the user has or had it.
*/
export function choosePreload({downloads, models, hardware, known}: {
	readonly downloads: Pick<Config['downloads'], 'preloadRecommended' | 'quietHours'>;
	readonly models: readonly RegistryModel[];
	readonly hardware: Pick<HardwareReport, 'gpus' | 'memory'>;
	/**
	Ids of the models that are installed or in the queue, or were preloaded before.
	*/
	readonly known: ReadonlySet<string>;
}): {readonly model: RegistryModel; readonly hours: HoursOfDay} | undefined {
	const hours = parseHours(downloads.quietHours);
	if (!downloads.preloadRecommended || hours === undefined) {
		return undefined;
	}

	const [best] = recommendModels(models, model => judgeFit(fitSubjectOf(model), hardware));
	return best === undefined || known.has(best.model.id) ? undefined : {model: best.model, hours};
}
