package gyre.sys;

import gyre.sys.nio.NioBackend;

class NioTcpOptionTest extends TcpOptionContract {
    @Override
    Backend backend() {
        return new NioBackend();
    }

    @Override
    boolean hasNativeOptions() {
        return false;
    }
}
