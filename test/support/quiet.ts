// Which Node versions the SDK will support next year is for its next update, not for each test's output.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true'
