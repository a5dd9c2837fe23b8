/** What `phone-code` gives its page: whether both may be right (said at the fields), and both. */
export interface PhoneCode {
  check: () => boolean
  proof: () => { phone: string; code: string }
}
