/** Its own module, so that the bundler gives the lazy chunk a name that works. */
export { default } from 'hls.js/light'
