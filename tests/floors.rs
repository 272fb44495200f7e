//! Placeholder for the floors of the house.
