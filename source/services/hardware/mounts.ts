export type Mount = {
	readonly mount: string;
	readonly device: string;
	/**
	For example `ext4`.
	*/
	readonly kind?: string;
};

const diskKinds: ReadonlySet<string> = new Set([
	'apfs',
	'bcachefs',
	'btrfs',
	'exfat',
	'ext2',
	'ext3',
	'ext4',
	'f2fs',
	'fuseblk',
	'hfsplus',
	'jfs',
	'ntfs',
	'ntfs3',
	'reiserfs',
	'vfat',
	'xfs',
	'zfs',
]);

const systemMounts = /^\/(?:boot|efi|snap|nix\/store|etc|proc|sys|dev)(?:\/|$)/v;

/**
Reads Linux's `/proc/self/mounts`, where spaces and the like are written in octal.
*/
export function parseMounts(text: string): readonly Mount[] {
	return text
		.split('\n')
		.map(line => line.split(' '))
		.filter(fields => fields.length >= 3)
		.map(([device = '', mount = '', kind = '']) => ({device: decodeOctal(device), mount: decodeOctal(mount), kind}));
}

/**
The volume that holds `directory` first, of whatever kind, then the other disks, each once.
*/
export function volumesOf(mounts: readonly Mount[], directory: string): readonly Mount[] {
	// Of mounts on the same place the last one is seen.
	const visible = new Map(mounts.map(mount => [mount.mount, mount])).values().toArray();
	const holding = visible
		.filter(({mount}) => directory === mount || directory.startsWith(mount.endsWith('/') ? mount : `${mount}/`))
		.toSorted((a, b) => b.mount.length - a.mount.length)[0];
	const disks = visible
		.filter(({mount, kind = ''}) => mount === '/' || (diskKinds.has(kind) && !systemMounts.test(mount)))
		.toSorted((a, b) => a.mount.length - b.mount.length);
	const found = holding === undefined ? disks : [holding, ...disks];
	return found.filter(({device}, index) => found.findIndex(other => other.device === device) === index);
}

function decodeOctal(text: string): string {
	return text.replaceAll(/\\(?<code>[0-7]{3})/gv, (_, code: string) => String.fromCodePoint(Number.parseInt(code, 8)));
}
