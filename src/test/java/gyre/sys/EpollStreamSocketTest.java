package gyre.sys;

import gyre.sys.posix.EpollBackend;

class EpollStreamSocketTest extends StreamSocketContract {
    @Override
    Backend backend() {
        return new EpollBackend();
    }
}
