export { default } from 'mpegts.js'
