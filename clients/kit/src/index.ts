export * from './acting'
export * from './loaded'
export * from './room-connection'
export * from './words'
