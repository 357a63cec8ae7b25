package gyre.testing;

import gyre.future.Future;
import gyre.future.Futures;
import java.util.concurrent.Callable;

/** A future of a plain call, made at the first poll. */
public final class Call {
    private Call() {}

    public static <T> Future<T> of(Callable<T> call) {
        return Futures.lazy(() -> Futures.ready(call.call()));
    }
}
