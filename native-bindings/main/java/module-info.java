/**
 * The only module that knows JNA: direct-mapped system calls, system-call stubs, numbers and layouts. It is exported to
 * the engine alone, which does not read {@code com.sun.jna}, so nothing of JNA can leak further.
 */
@org.jspecify.annotations.NullMarked
@SuppressWarnings("module") // the engine is compiled after this
module gyre.natives {
    requires com.sun.jna;
    requires static transitive org.jspecify;

    exports gyre.natives to
            gyre;
}
