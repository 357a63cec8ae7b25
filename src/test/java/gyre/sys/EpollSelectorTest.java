package gyre.sys;

import gyre.sys.posix.EpollBackend;

class EpollSelectorTest extends SelectorContract {
    @Override
    Backend backend() {
        return new EpollBackend();
    }
}
