import Storage
import StorageBackends
import StorageLayers

/// What this program is made of: which backends and layers a locator can name.
enum Composition {
    /// Every backend.
    static var backends: BackendRegistry { .builtin }
    /// Every layer.
    static var layers: LayerRegistry { .builtin }

    /// Opens locators with them.
    static var opener: LocatorOpener {
        LocatorOpener(backends: backends, layers: layers, environment: Environment.value)
    }
}
