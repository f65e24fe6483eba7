export {isLeased, takeLease, type Lease} from '../lease/lease.js';
