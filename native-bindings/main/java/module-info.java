/** Thin bindings of the C library, for the engine only: the only user of JNA. */
@org.jspecify.annotations.NullMarked
@SuppressWarnings("module") // the engine, to which the package is exported, is built later
module gyre.natives {
    requires com.sun.jna;
    requires static org.jspecify;

    exports gyre.natives to
            gyre;
}
