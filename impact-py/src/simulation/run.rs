//! Runs: the core draws without the interpreter's lock, and takes it between batches.
//!
//! One rule: a signal and an exception of the caller's `progress` end a run at the next batch, and come out as they are.

use crate::document::kind;
use crate::error::{at_argument, told};
use impact_core::Model;
use impact_core::simulation::{Progress, Simulated, Simulation};
use pyo3::prelude::*;
use pyo3::types::PyBool;
use std::ops::ControlFlow;

/// Simulates a model; `progress` is None, a flag, or something to be called with what is done and what there is in all.
pub fn run(
    py: Python<'_>,
    model: &Model,
    request: &Simulation,
    progress: Option<&Bound<'_, PyAny>>,
) -> PyResult<Simulated> {
    told(py, listened(py, progress, |heard| model.simulate(request, heard))?)
}

/// Does long work without the lock, and lets signals and the caller's `progress` end it between batches.
pub fn listened<T: Send>(
    py: Python<'_>,
    progress: Option<&Bound<'_, PyAny>>,
    work: impl FnOnce(&mut dyn FnMut(Progress) -> ControlFlow<()>) -> T + Send,
) -> PyResult<T> {
    if let Some(progress) = progress.filter(|given| !given.is_instance_of::<PyBool>() && !given.is_callable()) {
        let message = format!(
            "`{}` cannot be called: give True, False, or a function of how much is done and how much there is",
            kind(progress)
        );
        return Err(at_argument(py, "progress", &message));
    }
    let shown = progress.map(|progress| py.import("socialimpact.progress")?.call_method1("shown", (progress,)));
    let shown = shown.transpose()?.filter(|shown| !shown.is_none());
    // What the library shows itself is also told what is counted, and is the library's to put away; what the caller gave is not.
    let own = progress.is_some_and(|progress| progress.is_instance_of::<PyBool>());
    let called = shown.clone().map(Bound::unbind);
    let mut ended: Option<PyErr> = None;
    let done = py.detach(|| {
        work(&mut |progress| match Python::attach(|py| heard(py, called.as_ref(), progress, own)) {
            Ok(()) => ControlFlow::Continue(()),
            Err(exception) => {
                ended = Some(exception);
                ControlFlow::Break(())
            }
        })
    });
    let closed = shown.filter(|_| own).map(|shown| shown.call_method0("close"));
    match ended {
        Some(exception) => Err(exception),
        None => closed.transpose().map(|_| done),
    }
}

fn heard(py: Python<'_>, progress: Option<&Py<PyAny>>, at: Progress, own: bool) -> PyResult<()> {
    py.check_signals()?;
    match progress {
        Some(progress) if own => progress.call1(py, (at.done, at.of, at.counted.name())).map(drop),
        Some(progress) => progress.call1(py, (at.done, at.of)).map(drop),
        None => Ok(()),
    }
}
