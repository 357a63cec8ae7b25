/** Programs that show the engine; {@code scripts/run} starts them. */
@org.jspecify.annotations.NullMarked
module gyre.examples {
    requires gyre;
    requires static jdk.unsupported; // for Signals, through reflection
}
