package gyre.sys;

import gyre.sys.posix.EpollBackend;

class EpollOptionTest extends OptionContract {
    @Override
    Backend backend() {
        return new EpollBackend();
    }
}
