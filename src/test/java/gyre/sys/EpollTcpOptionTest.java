package gyre.sys;

import gyre.sys.posix.EpollBackend;

class EpollTcpOptionTest extends TcpOptionContract {
    @Override
    Backend backend() {
        return new EpollBackend();
    }

    @Override
    boolean hasNativeOptions() {
        return true;
    }
}
