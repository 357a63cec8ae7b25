package gyre.future;

import org.jspecify.annotations.Nullable;

/** {@link Futures#using}: the link that closes the resource, at the end of the future that the body gave. */
final class Using<T extends @Nullable Object> extends Step<AutoCloseable, T, T> {
    Using(AutoCloseable resource, Future<T> body) {
        super(body, resource);
    }

    @Override
    @Nullable Object onValue(AutoCloseable resource, T value, Step<?, ?, ?> root) throws Exception {
        resource.close();
        return value;
    }

    @Override
    @Nullable Object onError(AutoCloseable resource, Throwable error, Step<?, ?, ?> root) throws Exception {
        Cancel.also(error, resource::close);
        throw Cancel.rethrow(error);
    }

    @Override
    void onCancel(AutoCloseable resource) throws Exception {
        resource.close();
    }
}
