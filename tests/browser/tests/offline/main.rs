//! The page without its host: kept by a service worker, whole, and changed only when the reader says so.
//!
//! Offline is made by ending the server. An emulated lack of network does not reach the worker, and
//! without `no-store`, which the server of these tests sends, a browser's own cache would do.

mod newer;
mod refused;
mod version;
mod without_host;
