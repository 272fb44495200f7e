//! Python values as a document: every value that cannot stand in one is a problem with its address.
//!
//! One rule: what could not be read is left out and remembered, so that problems of form and of meaning come together.

use crate::distribution::Distribution;
use impact_core::address::{Address, Place};
use impact_core::document::{DEEPEST, DocumentError, MOST_VALUES, Node, NumberText, Table, Value};
use impact_core::error::{ModelError, Problem, Problems};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyBool, PyDate, PyDateTime, PyFloat, PyInt, PyList, PyMapping, PyString, PyTuple, PyType};
use rust_decimal::Decimal;

/// What Python has and a document has not.
#[derive(Debug, thiserror::Error)]
enum ValueFault {
    #[error("`{kind}` is no value of a document: give a number, a text, true or false, a date, a list or a mapping")]
    NoValue { kind: String },
    #[error("`{kind}` is no number: give an int, a float or a Decimal")]
    NoNumber { kind: String },
    #[error("None is no value of a document: leave the key out")]
    Nothing,
    #[error("the key `{key}` is not a text")]
    NoKey { key: String },
    #[error("`{kind}` is no document: give a mapping of keys to values")]
    NoMapping { kind: String },
    #[error("the text has characters that are not Unicode (lone surrogates)")]
    NotUnicode,
    #[error("the whole number has more digits than any number of a model")]
    TooLong,
}

/// The document of a mapping, as far as it could be read, and what is wrong with it.
pub fn document(mapping: &Bound<'_, PyAny>) -> PyResult<(Option<Node>, Problems)> {
    let mut reader = Reader::default();
    let Ok(table) = mapping.cast::<PyMapping>() else {
        let kind = kind(mapping);
        reader.refuse::<()>(&Address::root(), ValueFault::NoMapping { kind });
        return Ok((None, reader.problems));
    };
    let table = reader.table(table, &Address::root(), 0)?;
    Ok((Some(Node::new(Address::root(), table)), reader.problems))
}

/// A single value that will stand at an address.
pub fn value(object: &Bound<'_, PyAny>, address: &Address) -> PyResult<Result<Value, ModelError>> {
    let mut reader = Reader::default();
    let value = reader.value(object, address, 0)?;
    Ok(match (reader.problems.into_result(), value) {
        (Err(error), _) => Err(error),
        (Ok(()), Some(value)) => Ok(value),
        (Ok(()), None) => Err(ModelError::one(Place::at(address.clone()), ValueFault::Nothing)),
    })
}

/// A number, by the rules of a document; `name` stands where an address would.
pub fn decimal(object: &Bound<'_, PyAny>, name: &str) -> PyResult<Result<Decimal, ModelError>> {
    decimal_at(object, &Address::root().child(name))
}

/// A number at an address, by the rules of a document.
pub fn decimal_at(object: &Bound<'_, PyAny>, address: &Address) -> PyResult<Result<Decimal, ModelError>> {
    Ok(value(object, address)?.and_then(|value| match value {
        Value::Number(number) => Ok(number.value()),
        _ => Err(ModelError::one(Place::at(address.clone()), ValueFault::NoNumber { kind: kind(object) })),
    }))
}

#[derive(Default)]
struct Reader {
    problems: Problems,
    values: usize,
}

impl Reader {
    fn refuse<T>(&mut self, address: &Address, fault: impl std::error::Error + Send + Sync + 'static) -> Option<T> {
        self.problems.push(Problem::new(Place::at(address.clone()), fault));
        None
    }

    fn value(&mut self, object: &Bound<'_, PyAny>, address: &Address, depth: usize) -> PyResult<Option<Value>> {
        self.values = self.values.saturating_add(1);
        if self.values > MOST_VALUES {
            if self.values == MOST_VALUES.saturating_add(1) {
                self.refuse::<()>(&Address::root(), DocumentError::TooMany { what: "values", most: MOST_VALUES });
            }
            return Ok(None);
        }
        if depth > DEEPEST {
            return Ok(self.refuse(address, DocumentError::TooDeep));
        }
        if let Ok(flag) = object.cast::<PyBool>() {
            return Ok(Some(Value::Flag(flag.is_true())));
        }
        if let Ok(text) = object.cast::<PyString>() {
            return Ok(self.text(text, address).map(Value::Text));
        }
        if object.is_instance_of::<PyDateTime>() {
            let text = object.str()?.to_string();
            return Ok(self.refuse(address, DocumentError::TimeOfDay { text }));
        }
        if object.is_instance_of::<PyDate>() {
            return Ok(Some(Value::Date(object.extract()?)));
        }
        if let Ok(distribution) = object.cast::<Distribution>() {
            let form = distribution.get().form();
            if depth.saturating_add(levels(form)) > DEEPEST {
                return Ok(self.refuse(address, DocumentError::TooDeep));
            }
            return Ok(Some(form.value.clone()));
        }
        if let Ok(table) = object.cast::<PyMapping>() {
            return Ok(Some(Value::Table(self.table(table, address, depth)?)));
        }
        if let Ok(elements) = object.cast::<PyList>() {
            return self.list(elements.iter(), address, depth);
        }
        if let Ok(elements) = object.cast::<PyTuple>() {
            return self.list(elements.iter(), address, depth);
        }
        self.number(object, address)
    }

    fn text(&mut self, text: &Bound<'_, PyString>, address: &Address) -> Option<String> {
        match text.to_str() {
            Ok(text) => Some(text.to_owned()),
            Err(_) => self.refuse(address, ValueFault::NotUnicode),
        }
    }

    fn number(&mut self, object: &Bound<'_, PyAny>, address: &Address) -> PyResult<Option<Value>> {
        let text = match number_text(object) {
            Ok(text) => text,
            Err(failure) if failure.is_instance_of::<PyValueError>(object.py()) => {
                return Ok(self.refuse(address, ValueFault::TooLong));
            }
            Err(failure) => return Err(failure),
        };
        let fault = match text {
            Some(text) => match text.parse::<NumberText>() {
                Ok(number) => return Ok(Some(Value::Number(number))),
                Err(fault) => return Ok(self.refuse(address, fault)),
            },
            None if object.is_none() => ValueFault::Nothing,
            None => ValueFault::NoValue { kind: kind(object) },
        };
        Ok(self.refuse(address, fault))
    }

    fn table(&mut self, mapping: &Bound<'_, PyMapping>, address: &Address, depth: usize) -> PyResult<Table> {
        let (mut entries, mut unread) = (Vec::new(), Vec::new());
        for item in mapping.items()? {
            let (key, object): (Bound<'_, PyAny>, Bound<'_, PyAny>) = item.extract()?;
            let Ok(text) = key.cast::<PyString>() else {
                let key_text = key.str().map_or_else(|_| kind(&key), |text| text.to_string_lossy().into_owned());
                self.refuse::<()>(address, ValueFault::NoKey { key: key_text });
                continue;
            };
            let Some(key) = self.text(text, address) else { continue };
            match self.value(&object, &address.child(&key), depth.saturating_add(1))? {
                Some(value) => entries.push((key, value)),
                None => unread.push(key),
            }
        }
        Ok(Table::of(entries, unread).unwrap_or_else(|fault| {
            self.refuse::<()>(address, fault);
            Table::default()
        }))
    }

    fn list<'py>(
        &mut self,
        elements: impl Iterator<Item = Bound<'py, PyAny>>,
        address: &Address,
        depth: usize,
    ) -> PyResult<Option<Value>> {
        let mut read = Some(Vec::new());
        for (position, element) in elements.enumerate() {
            let place = match id(&element) {
                Some(id) => address.child(&id),
                None => address.element(position),
            };
            match (self.value(&element, &place, depth.saturating_add(1))?, &mut read) {
                (Some(value), Some(read)) => read.push(value),
                _ => read = None,
            }
        }
        Ok(read.map(Value::list))
    }
}

/// How many levels lie below a node.
fn levels(node: &Node) -> usize {
    let below = match &node.value {
        Value::Table(table) => table.entries().iter().map(|entry| levels(&entry.node).saturating_add(1)).max(),
        Value::List(list) => list.iter().map(|element| levels(element).saturating_add(1)).max(),
        _ => None,
    };
    below.unwrap_or_default()
}

/// The digits of a number, where it is one: floats by their shortest text, all else exactly.
pub fn number_text(object: &Bound<'_, PyAny>) -> PyResult<Option<String>> {
    let py = object.py();
    if let Ok(float) = object.cast::<PyFloat>() {
        return Ok(Some(PyFloat::new(py, float.value()).repr()?.to_string()));
    }
    if object.is_instance_of::<PyInt>() {
        return whole(object).map(Some);
    }
    static DECIMAL: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    if object.is_instance(DECIMAL.import(py, "decimal", "Decimal")?)? {
        return Ok(Some(object.str()?.to_string()));
    }
    // Whole numbers of other libraries, such as numpy's.
    match py.import("operator")?.getattr("index")?.call1((object,)) {
        Ok(index) => whole(&index).map(Some),
        Err(_) => Ok(None),
    }
}

/// All digits of a whole number, whatever a class of its own shows.
fn whole(object: &Bound<'_, PyAny>) -> PyResult<String> {
    Ok(object.py().get_type::<PyInt>().call_method1("__repr__", (object,))?.to_string())
}

/// The id of an element that is a mapping with one.
fn id(element: &Bound<'_, PyAny>) -> Option<String> {
    let mapping = element.cast::<PyMapping>().ok()?;
    let id = mapping.get_item("id").ok()?;
    Some(id.cast::<PyString>().ok()?.to_str().ok()?.to_owned())
}

/// The name of a value's type, for messages.
pub fn kind(object: &Bound<'_, PyAny>) -> String {
    object.get_type().name().map_or_else(|_| "value".to_owned(), |name| name.to_string())
}
