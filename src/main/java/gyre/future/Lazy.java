package gyre.future;

import org.jspecify.annotations.Nullable;

/** {@link Futures#lazy}: a link on nothing, so that lazy futures nested in each other use no stack either. */
final class Lazy<T extends @Nullable Object> extends Step<ThrowingSupplier<? extends Future<? extends T>>, Void, T> {
    /** Ready at every poll; as it has no state, all lazy futures share it. */
    private static final Future<Void> NOTHING = task -> Poll.done();

    Lazy(ThrowingSupplier<? extends Future<? extends T>> supplier) {
        super(NOTHING, supplier);
    }

    @Override
    @Nullable Object onValue(ThrowingSupplier<? extends Future<? extends T>> supplier, Void nothing, Step<?, ?, ?> root)
            throws Exception {
        return root.follow(supplier.get());
    }
}
