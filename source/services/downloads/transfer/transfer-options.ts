import {type Abortable} from '../../../types/abortable.js';
import {type Config} from '../../../types/config.js';
import {type DownloadSegment} from '../../../types/download.js';
import {type RemoteFile} from '../../../types/search.js';
import {type Http} from '../../network/http.js';
import {type Hub} from '../../network/hub.js';
import {type Hasher} from '../hash/hasher.js';
import {type Timing} from '../timing.js';
import {type FileIdentity} from '../partial/file-identity.js';

export type TransferEvents = {
	readonly onReceived: (bytesOnDisk: number) => void;
	readonly onFetched: (bytes: number) => void;
	/**
	What it is doing, where that is not simply receiving.
	*/
	readonly onActivity: (activity: string | undefined) => void;
	readonly onRetries: (count: number) => void;
	/**
	The ranges of the file that are there or under way; called at most some times a second, and when a connection begins or ends.
	*/
	readonly onSegments: (segments: readonly DownloadSegment[]) => void;
	/**
	Something worth a line in the log of the download, for example that the file changed on the hub.
	*/
	readonly onEvent: (text: string) => void;
	/**
	Size and commit as the hub has them.
	*/
	readonly onIdentity: (identity: FileIdentity) => void;
	/**
	Whether it waits for bytes or makes sure of them.
	*/
	readonly onStage: (stage: 'downloading' | 'verifying') => void;
};

export type TransferOptions = Abortable & {
	readonly hub: Hub;
	readonly http: Http;
	readonly repository: string;
	/**
	The commit, once it is known.
	*/
	readonly revision: () => string;
	/**
	Forgets the commit, which the hub does not have any more; false when there was none to forget.
	*/
	readonly unpin: () => boolean;
	readonly file: RemoteFile;
	/**
	Position in the download.
	*/
	readonly index: number;
	/**
	Folder of the partial file.
	*/
	readonly folder: string;
	/**
	Where the file will be in the end, and may be already.
	*/
	readonly target: string;
	readonly timing: Timing;
	/**
	How many may be open at once; asked again and again.
	*/
	readonly connections: () => number;
	readonly mirrorUse: () => Config['downloads']['mirrorUse'];
	/**
	Counts received bytes against the caps on the rate; a promise makes the connection wait for it.
	*/
	readonly throttle: (bytes: number, options: Abortable) => Promise<void> | undefined;
	readonly hasher: Hasher;
	/**
	Aborted, together with `signal`, once the folder is another process's: then not even what is in memory is written any more.
	*/
	readonly lost: AbortSignal;
	readonly events: TransferEvents;
};

export type Transferred = {
	readonly identity: FileIdentity;
	/**
	Of the bytes on disk.
	*/
	readonly sha256: string;
	/**
	Whether it lies at its final place already.
	*/
	readonly isInPlace: boolean;
};
