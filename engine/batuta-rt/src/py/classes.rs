//! What the classes of programs have in common: how their objects are held, and traits that look the same for each of them.

use std::cell::RefCell;
use std::rc::Rc;

/// The data of an object, shared by all that refer to the object.
pub type Handle<T> = Rc<RefCell<T>>;

/// The data of a new object.
pub fn handle<T>(data: T) -> Handle<T> {
    Rc::new(RefCell::new(data))
}

/// The address that the text of an object without a text of its own shows.
pub fn address<T: ?Sized>(object: &Rc<T>) -> usize {
    Rc::as_ptr(object).cast::<u8>() as usize
}

/// Objects that are equal only to themselves, and keys as such: what Python gives a class without `__eq__`.
#[macro_export]
macro_rules! batuta_by_identity {
    ($class:ident) => {
        impl $class {
            /// `self is other`.
            pub fn same(&self, other: &Self) -> bool {
                std::rc::Rc::ptr_eq(&self.0, &other.0)
            }
        }

        impl PartialEq for $class {
            fn eq(&self, other: &Self) -> bool {
                self.same(other)
            }
        }

        impl $crate::py::Identity for $class {
            fn is(&self, other: &Self) -> bool {
                self.same(other)
            }
        }

        impl $crate::py::Key for $class {
            fn hash_value(&self) -> i64 {
                $crate::py::identity_hash(&self.0)
            }
            fn same_key(&self, other: &Self) -> bool {
                self == other
            }
        }
    };
}

/// Objects without an order. `PartialOrd` is there for tuples, in which Python asks first whether items are equal.
#[macro_export]
macro_rules! batuta_not_ordered {
    ($class:ident) => {
        $crate::py::not_ordered!($class, stringify!($class));
    };
    ($class:ident, $name:expr) => {
        impl PartialOrd for $class {
            fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
                $crate::py::unordered(self == other, $name)
            }
        }
    };
}

/// Objects whose text is their class and their address, as Python shows a class without `__repr__`; `struct` before the name where they
/// are not held by handles.
#[macro_export]
macro_rules! batuta_shown_by_address {
    (struct $class:ident) => {
        impl $crate::py::Text for $class {
            fn repr_text(&self) -> String {
                $crate::py::object_text(self.class_name(), std::ptr::from_ref(self) as usize)
            }
        }
    };
    ($class:ident) => {
        impl $crate::py::Text for $class {
            fn repr_text(&self) -> String {
                $crate::py::object_text(self.class_name(), $crate::py::address(&self.0))
            }
        }
    };
}

/// Members of an Enum class: their text, and their place among keys, by their names.
#[macro_export]
macro_rules! batuta_enum_members {
    ($class:ident) => {
        $crate::py::enum_members!($class, stringify!($class));
    };
    ($class:ident, $name:expr) => {
        impl $crate::py::Text for $class {
            fn str_text(&self) -> String {
                format!("{}.{}", $name, self.name())
            }
            fn repr_text(&self) -> String {
                format!(
                    "<{}.{}: {}>",
                    $name,
                    self.name(),
                    $crate::py::repr(&self.value())
                )
            }
        }

        $crate::py::enum_keys!($class);
    };
}

/// Members of an Enum class as keys, by their names.
#[macro_export]
macro_rules! batuta_enum_keys {
    ($class:ident) => {
        impl $crate::py::Key for $class {
            fn hash_value(&self) -> i64 {
                $crate::py::hash_text(&self.name())
            }
            fn same_key(&self, other: &Self) -> bool {
                self == other
            }
        }
    };
}

/// Objects among values whose type is known at run time.
///
/// After the colon stands what else than its identity a value can ask of one: `equality`, `order`, `hash`, `truth`; then methods of
/// `py::Object` that the class has in a form of its own.
#[macro_export]
macro_rules! batuta_among_values {
    (enum $class:ident $(: $($ability:ident),+)? $({ $($own:tt)* })?) => {
        $crate::py::among_values!(@object $class, (==), ($($($ability),+)?), ($($($own)*)?));
    };
    ($class:ident $(: $($ability:ident),+)? $({ $($own:tt)* })?) => {
        $crate::py::among_values!(@object $class, (same), ($($($ability),+)?), ($($($own)*)?));
    };
    (@object $class:ident, $identity:tt, ($($ability:ident),*), ($($own:tt)*)) => {
        impl $crate::py::Object for $class {
            fn class_of(&self) -> &'static str {
                $class::class_name(self)
            }
            fn as_any(&self) -> &dyn std::any::Any {
                self
            }
            fn is_object(&self, other: &$crate::py::Value) -> bool {
                other
                    .try_object::<$class>()
                    .is_some_and(|other| $crate::py::among_values!(@is $identity, self, other))
            }
            $($crate::py::among_values!(@ability $ability, $class);)*
            $($own)*
        }

        impl From<$class> for $crate::py::Value {
            fn from(object: $class) -> $crate::py::Value {
                $crate::py::Value::object(object)
            }
        }
    };
    (@is (==), $one:expr, $other:ident) => { $one == &$other };
    (@is (same), $one:expr, $other:ident) => { $one.same(&$other) };
    (@ability equality, $class:ident) => {
        fn equal_to(&self, other: &$crate::py::Value) -> bool {
            other.try_object::<$class>().is_some_and(|other| *self == other)
        }
    };
    (@ability order, $class:ident) => {
        fn less_than(&self, other: &$crate::py::Value) -> Option<bool> {
            other.try_object::<$class>().map(|other| *self < other)
        }
    };
    (@ability hash, $class:ident) => {
        fn hash_of(&self) -> Option<i64> {
            Some($crate::py::Key::hash_value(self))
        }
    };
    (@ability truth, $class:ident) => {
        fn truth_of(&self) -> bool {
            $crate::py::Truth::truth(self)
        }
    };
}

/// What gives the value of a field of an object's data.
#[macro_export]
macro_rules! batuta_getter {
    ($field:ident: $type:ty) => {
        pub fn $field(&self) -> $type {
            self.0.borrow().$field.clone()
        }
    };
}

/// What sets a field of an object's data.
#[macro_export]
macro_rules! batuta_setter {
    ($name:ident, $field:ident: $type:ty) => {
        pub fn $name(&self, value: $type) {
            // The old value is dropped after the borrow ends: dropping may reach this object again.
            let _old = std::mem::replace(&mut self.0.borrow_mut().$field, value);
        }
    };
}

/// What gives the value of a field that may not be set yet: an AttributeError with Python's name of the field where it is not.
#[macro_export]
macro_rules! batuta_slot_getter {
    ($field:ident: $type:ty, $shown:literal, $class_name:path) => {
        pub fn $field(&self) -> $type {
            $crate::py::attribute($class_name(self), $shown, self.0.borrow().$field.clone())
        }
    };
}

/// The same, for a handler of the program.
#[macro_export]
macro_rules! batuta_try_slot_getter {
    ($name:ident, $field:ident: $type:ty, $shown:literal, $class_name:path) => {
        pub fn $name(&self) -> Result<$type, $crate::py::Exception> {
            $crate::py::try_attribute($class_name(self), $shown, self.0.borrow().$field.clone())
        }
    };
}

/// What sets a field that may not be set yet.
#[macro_export]
macro_rules! batuta_slot_setter {
    ($name:ident, $field:ident: $type:ty) => {
        pub fn $name(&self, value: $type) {
            let _old = self.0.borrow_mut().$field.replace(value);
        }
    };
}
