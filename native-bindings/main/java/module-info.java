/** Thin bindings of the C library, for the engine only: the only user of JNA. */
@org.jspecify.annotations.NullMarked
module gyre.natives {
    requires com.sun.jna;
    requires static transitive org.jspecify;
}
