import {statfs} from 'node:fs/promises';
import process from 'node:process';

/**
File systems of Linux that only one system at a time writes to, by the numbers that statfs(2) gives them.
*/
const localTypes: ReadonlySet<number> = new Set([
	0xEF_53, // Ext2, ext3, ext4
	0x58_46_53_42, // XFS
	0x91_23_68_3E, // Btrfs
	0x01_02_19_94, // Tmpfs
	0xF2_F5_20_10, // F2FS
	0x2F_C1_2F_C1, // ZFS
	0xCA_45_1A_4E, // Bcachefs
	0x79_4C_76_30, // Overlayfs
	0x4D_44, // FAT
	0x20_11_BA_B0, // ExFAT
	0x73_66_74_6E, // NTFS
]);

/**
Whether another system may be writing to the disk of a folder now. True wherever that is not certain.
*/
export async function isSharedDisk(folder: string): Promise<boolean> {
	try {
		const {type} = await statfs(folder);
		return process.platform !== 'linux' || !localTypes.has(type);
	} catch {
		return true;
	}
}
