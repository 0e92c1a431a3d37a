import Explorer
import Synchronization

/// What a person wants of a drill that runs. The drill looks at it between operations, and sleeps on it while it
/// is paused.
final class DrillControl: Sendable {
    /// What is to be done before the next operation.
    struct Orders {
        var turned: DrillKnobs?
        var outages: [Int] = []
        var isPaused: Bool
        var steps = 0
        var pace: DrillPace
    }

    fileprivate struct State {
        var orders: Orders
        var waiter: CheckedContinuation<Void, Never>?
        var isStopped = false
    }

    private let state: Mutex<State>

    /// Begins as `order` says.
    init(_ order: DrillOrder) {
        var orders = Orders(isPaused: order.isPaused, pace: order.pace)
        orders.turned = order.knobs
        state = Mutex(State(orders: orders))
    }

    /// Notes what a person wants.
    func steer(_ steering: DrillSteering) {
        let waiter = state.withLock { state in
            switch steering {
            case .turn(let knobs): state.orders.turned = knobs
            case .outage(let seconds): state.orders.outages.append(seconds)
            case .pause(let isPaused): state.orders.isPaused = isPaused
            case .step: state.orders.steps += 1
            case .pace(let pace): state.orders.pace = pace
            }
            return state.takeWaiter()
        }
        waiter?.resume()
    }

    /// What is wanted now; what is done once is taken.
    func taken() -> Orders {
        state.withLock { state in
            let orders = state.orders
            state.orders.turned = nil
            state.orders.outages = []
            if state.orders.isPaused {
                state.orders.steps = max(0, state.orders.steps - 1)
            } else {
                state.orders.steps = 0
            }
            return orders
        }
    }

    /// Returns when something is wanted, or the task is cancelled.
    func wait() async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { waiter in
                let isReady = state.withLock { state in
                    let orders = state.orders
                    let isWanted =
                        !orders.isPaused || orders.steps > 0 || orders.turned != nil
                        || !orders.outages.isEmpty || state.isStopped
                    if !isWanted { state.waiter = waiter }
                    return isWanted
                }
                if isReady { waiter.resume() }
            }
        } onCancel: {
            let waiter = state.withLock { state in
                state.isStopped = true
                return state.takeWaiter()
            }
            waiter?.resume()
        }
    }
}

extension DrillControl.State {
    fileprivate mutating func takeWaiter() -> CheckedContinuation<Void, Never>? {
        defer { waiter = nil }
        return waiter
    }
}
