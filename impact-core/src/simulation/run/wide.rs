//! Wide vectors: the same work compiled for the widest vectors of the machine, chosen when it runs.
//!
//! One rule: everything below the call is inlined into it (a closure is not, so work is a type), and nothing in it may merge a
//! product and a sum into one rounding, so that the width changes the time and no bit.

use crate::simulation::request::Width;

/// Something to be done at some width; `run` and everything hot below it must be `#[inline(always)]`.
pub(crate) trait Work {
    /// What comes out.
    type Output;
    /// Does it.
    fn run(self) -> Self::Output;
}

/// Does some work at a width.
pub(crate) fn at_width<W: Work>(width: Width, work: W) -> W::Output {
    match width {
        Width::Plain => plain(work),
        #[cfg(feature = "simd")]
        Width::Widest => pulp::Arch::new().dispatch(Dispatched(work)),
        #[cfg(not(feature = "simd"))]
        Width::Widest => plain(work),
    }
}

/// Does some work at the width of every machine: one copy of the work, for those too that have no wider vectors.
#[inline(never)]
fn plain<W: Work>(work: W) -> W::Output {
    work.run()
}

#[cfg(feature = "simd")]
struct Dispatched<W>(W);

#[cfg(feature = "simd")]
impl<W: Work> pulp::WithSimd for Dispatched<W> {
    type Output = W::Output;

    #[inline(always)]
    fn with_simd<S: pulp::Simd>(self, _: S) -> W::Output {
        if S::IS_SCALAR { plain(self.0) } else { self.0.run() }
    }
}
