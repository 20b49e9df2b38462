export const id = 253;
export const ids = [253];
export const modules = {

/***/ 3253:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Q: () => (/* binding */ defineAction),
/* harmony export */   e: () => (/* binding */ commonOutputs)
/* harmony export */ });
/** Every action also has these. */
const commonOutputs = {
    outcome: {
        description: 'How it ended: succeeded, unchanged, rolled-back, rollback-failed, stopped, superseded, timed-out, cancelled, failed, waiting or blocked.',
    },
    result: { description: 'Path of a JSON file with the full result.' },
};
/** Types an action's table; the value itself is unchanged. */
const defineAction = (action) => action;
//# sourceMappingURL=define.js.map

/***/ })

};
