//! What parts of runs share: they travel as bytes, and merge with the others of their run.
//!
//! One rule: a part is known by its model or contract, which travels beside its bytes and is not in them.

/// The members of a part: its `inner` is of a model or contract, which `$owner` names and gives.
macro_rules! part_of_a_run {
    ($part:ty, $core:ty, $owner:ident: $Owner:ty) => {
        $crate::results::copied_as_itself!($part);

        #[pyo3::pymethods]
        impl $part {
            /// Read a part that `to_bytes` wrote.
            ///
            /// Parameters
            /// ----------
            #[doc = concat!(" ", stringify!($owner), " : ", stringify!($Owner))]
            ///     What it is a part of the run of.
            /// content : bytes
            ///     The part.
            ///
            /// Raises
            /// ------
            /// ImpactError
            ///     For bytes that are no part, that were damaged, of another model or contract, or made by another version or on
            ///     another kind of machine.
            #[staticmethod]
            #[pyo3(signature = ($owner, content, /))]
            fn from_bytes(py: pyo3::Python<'_>, $owner: &$Owner, content: &[u8]) -> pyo3::PyResult<Self> {
                let inner = $crate::error::told(py, py.detach(|| <$core>::unpacked($owner.core(), content)))?;
                Ok(Self { inner })
            }

            /// Give the part as bytes, for `from_bytes` of the same version on the same kind of machine. What it is of is not in them.
            fn to_bytes<'py>(&self, py: pyo3::Python<'py>) -> pyo3::Bound<'py, pyo3::types::PyBytes> {
                pyo3::types::PyBytes::new(py, &py.detach(|| self.inner.packed()))
            }

            /// Give this part and others as one.
            ///
            /// Parameters
            /// ----------
            /// *others : parts of the same run
            ///     In any order.
            ///
            /// Raises
            /// ------
            /// ImpactError
            ///     For a part of another run, and for what two of them hold.
            #[pyo3(signature = (*others))]
            fn merge(&self, py: pyo3::Python<'_>, others: Vec<pyo3::Py<Self>>) -> pyo3::PyResult<Self> {
                let merged = py.detach(|| {
                    let mut others = others.iter().map(|other| other.get().inner.clone());
                    others.try_fold(self.inner.clone(), <$core>::merge)
                });
                Ok(Self { inner: $crate::error::told(py, merged)? })
            }

            /// What it is a part of the run of.
            #[getter]
            fn $owner(&self) -> $Owner {
                <$Owner>::new(self.inner.$owner().clone())
            }

            fn _repr_html_(&self) -> String {
                $crate::page::sentence(&self.__repr__())
            }

            fn __reduce__<'py>(slf: &pyo3::Bound<'py, Self>) -> pyo3::PyResult<pyo3::Bound<'py, pyo3::types::PyTuple>> {
                use pyo3::{IntoPyObject, types::PyAnyMethods};
                let (py, part) = (slf.py(), slf.get());
                let read = slf.get_type().getattr("from_bytes")?;
                (read, (part.$owner(), part.to_bytes(py))).into_pyobject(py)
            }
        }
    };
}
pub(crate) use part_of_a_run;

/// Which draws or scenarios a part holds, in words: each run by its first and the one after its last.
pub(crate) fn held(runs: &[(u64, u64)]) -> String {
    runs.iter().map(|(first, end)| format!("{first} to {end}")).collect::<Vec<_>>().join(", ")
}
