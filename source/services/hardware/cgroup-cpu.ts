import path from 'node:path';
import {controlGroups, readText} from './control-groups.js';

/**
Processors that control groups (version 1 or 2) let this process use at most, by their quota of time; 1.5 is one and a half. Undefined without a quota.
*/
export async function readCgroupCpu(systemRoot: string): Promise<number | undefined> {
	const groups = await controlGroups(systemRoot, 'cpu');
	const quotas = await Promise.all(groups.flatMap(({folders, version}) => folders.map(async folder => (version === 2 ? readMax(folder) : readQuota(folder)))));
	const found = quotas.filter(quota => quota !== undefined);
	return found.length === 0 ? undefined : Math.min(...found);
}

// `150000 100000`: microseconds of each period; `max 100000` without a quota.
async function readMax(folder: string): Promise<number | undefined> {
	const [quota = '', period = ''] = (await readText(path.join(folder, 'cpu.max')) ?? '').trim().split(' ', 2);
	return shareOf(quota, period);
}

// A quota of −1 is none.
async function readQuota(folder: string): Promise<number | undefined> {
	const [quota = '', period = ''] = await Promise.all(['cpu.cfs_quota_us', 'cpu.cfs_period_us'].map(async name => readText(path.join(folder, name))));
	return shareOf(quota.trim(), period.trim());
}

function shareOf(quota: string, period: string): number | undefined {
	const share = [quota, period].every(text => /^\d{1,15}$/v.test(text)) ? Number(quota) / Number(period) : 0;
	return share > 0 && Number.isFinite(share) ? share : undefined;
}
