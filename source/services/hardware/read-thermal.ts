import {readdir} from 'node:fs/promises';
import path from 'node:path';
import {type ThermalReport} from '../../types/hardware.js';
import {readText} from './control-groups.js';

// The kernel's drivers for the sensors of Intel's, AMD's and Arm's processors.
const sensorDrivers = new Set(['coretemp', 'k10temp', 'zenpower', 'cpu_thermal', 'soc_thermal']);
const zones = /^(?:x86_pkg_temp|cpu.*|soc.*|acpitz)$/iv;

/**
How hot the processor is, and whether it was ever slowed down for that; undefined where nothing can be read, as in most virtual machines. Only on Linux.

Of `/sys/class/hwmon` and, without a sensor there, `/sys/class/thermal`, in thousandths of a degree; `thermal_throttle` counts events since the start of the kernel.
*/
export async function readThermal(systemRoot: string): Promise<ThermalReport | undefined> {
	const [sensors, temperatures, throttles] = await Promise.all([
		readSensors(path.join(systemRoot, 'sys/class/hwmon')),
		readZones(path.join(systemRoot, 'sys/class/thermal')),
		readNumber(path.join(systemRoot, 'sys/devices/system/cpu/cpu0/thermal_throttle/package_throttle_count')),
	]);
	const hottest = Math.max(...(sensors.length > 0 ? sensors : temperatures));
	if (!Number.isFinite(hottest) && throttles === undefined) {
		return undefined;
	}

	return {
		...(Number.isFinite(hottest) && {cpuCelsius: Math.round(hottest / 100) / 10}),
		...(throttles !== undefined && {throttled: throttles > 0}),
	};
}

async function readSensors(directory: string): Promise<readonly number[]> {
	const folders = await list(directory);
	const found = await Promise.all(folders.map(async folder => {
		const driver = await readText(path.join(directory, folder, 'name'));
		const files = sensorDrivers.has(driver?.trim() ?? '') ? await list(path.join(directory, folder)) : [];
		return Promise.all(files.filter(file => /^temp\d+_input$/v.test(file)).map(async file => readNumber(path.join(directory, folder, file))));
	}));
	return plausible(found.flat());
}

async function readZones(directory: string): Promise<readonly number[]> {
	const folders = await list(directory);
	const found = await Promise.all(folders.filter(folder => folder.startsWith('thermal_zone')).map(async folder => {
		const type = await readText(path.join(directory, folder, 'type'));
		return zones.test(type?.trim() ?? '') ? readNumber(path.join(directory, folder, 'temp')) : undefined;
	}));
	return plausible(found);
}

// Sensors that are not connected tell absolute zero or 127 °C.
function plausible(millidegrees: ReadonlyArray<number | undefined>): readonly number[] {
	return millidegrees.filter(value => value !== undefined && value > 0 && value < 125_000) as number[];
}

async function readNumber(file: string): Promise<number | undefined> {
	const text = await readText(file);
	return /^-?\d{1,9}\s*$/v.test(text ?? '') ? Number(text) : undefined;
}

async function list(directory: string): Promise<readonly string[]> {
	try {
		return await readdir(directory);
	} catch {
		return [];
	}
}
