/** The oldest browsers in which everything works; below them pages read and the exit works. */
export default ["chrome 88", "firefox 102", "safari 14.1", "ios_saf 14.5-14.8"];
