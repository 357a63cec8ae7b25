package gyre.sys.nio;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.spi.SelectorProvider;
import java.util.Set;
import java.util.function.Consumer;

/** A selector without channels that counts how often it is asked. */
final class CountingSelector extends Selector {
    private final Selector inner;
    volatile int selects;

    CountingSelector() throws IOException {
        inner = Selector.open();
    }

    @Override
    @SuppressWarnings("NonAtomicOperationOnVolatileField")
    public int select(Consumer<SelectionKey> action, long timeout) throws IOException {
        selects++;
        return inner.select(action, timeout);
    }

    @Override
    public int selectNow(Consumer<SelectionKey> action) throws IOException {
        selects++;
        return inner.selectNow(action);
    }

    @Override
    public boolean isOpen() {
        return inner.isOpen();
    }

    @Override
    public SelectorProvider provider() {
        return inner.provider();
    }

    @Override
    public Set<SelectionKey> keys() {
        return inner.keys();
    }

    @Override
    public Set<SelectionKey> selectedKeys() {
        return inner.selectedKeys();
    }

    @Override
    public int selectNow() throws IOException {
        return inner.selectNow();
    }

    @Override
    public int select(long timeout) throws IOException {
        return inner.select(timeout);
    }

    @Override
    public int select() throws IOException {
        return inner.select();
    }

    @Override
    public Selector wakeup() {
        inner.wakeup();
        return this;
    }

    @Override
    public void close() throws IOException {
        inner.close();
    }
}
