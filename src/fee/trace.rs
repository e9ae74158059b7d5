//! The full trace: what each phase did, as a tree. Off by default; nothing is collected then.

use serde::Serialize;

/// A node of the trace.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct TraceNode {
    /// A phase, a visit or a rule.
    pub label: String,
    /// What was found or done, in words and figures.
    #[serde(skip_serializing_if = "String::is_empty")]
    #[cfg_attr(feature = "ts", ts(optional, as = "Option<String>"))]
    pub detail: String,
    /// What happened below it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "ts", ts(optional, as = "Option<Vec<TraceNode>>"))]
    pub children: Vec<TraceNode>,
}

impl TraceNode {
    fn new(label: impl Into<String>, detail: impl Into<String>) -> Self {
        Self { label: label.into(), detail: detail.into(), children: Vec::new() }
    }
}

/// Collects nodes when it is on.
pub(crate) struct Trace(Option<Vec<TraceNode>>);

impl Trace {
    pub(crate) fn new(on: bool) -> Self {
        Self(on.then(Vec::new))
    }

    /// Begins a phase.
    pub(crate) fn phase(&mut self, label: &str) {
        if let Some(nodes) = &mut self.0 {
            nodes.push(TraceNode::new(label, ""));
        }
    }

    /// Notes a step of the phase that was begun last. `detail` is only made when the trace is on.
    pub(crate) fn step(&mut self, label: &str, detail: impl FnOnce() -> String) {
        if let Some(phase) = self.0.as_mut().and_then(|nodes| nodes.last_mut()) {
            phase.children.push(TraceNode::new(label, detail()));
        }
    }

    pub(crate) fn finish(self) -> Option<Vec<TraceNode>> {
        self.0
    }
}
