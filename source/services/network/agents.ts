// A module of its own to be imported when it is needed: undici takes 60 ms to load, which the first frame does not have.
// Importing 'undici' itself that way would not do, because a bundle gives a CommonJS package no named exports then.
export {Agent, ProxyAgent, Socks5ProxyAgent} from 'undici';
