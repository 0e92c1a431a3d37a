import TerminalDriver
import Testing

@Suite struct MailboxTests {
    @Test func `events come out in order, and only once`() {
        let mailbox = Mailbox<Int>()
        #expect(mailbox.isEmpty)
        for number in 0..<5 { mailbox.post(number) }
        #expect(!mailbox.isEmpty)
        #expect(mailbox.drain() == [0, 1, 2, 3, 4])
        #expect(mailbox.drain() == [])
    }

    @Test func `no event of many threads is lost, and the one who waits is woken once`()
        async throws
    {
        let mailbox = Mailbox<Int>()
        let terminal = ScriptedTerminal(try Script("key a"), doorbell: mailbox.doorbell)
        await withTaskGroup(of: Void.self) { group in
            for first in 0..<4 {
                group.addTask {
                    for number in 0..<1000 { mailbox.post(first * 1000 + number) }
                }
            }
        }
        #expect(terminal.waitForInput(timeout: .zero, isIdle: false) == [.posted])
        let seen = mailbox.drain()
        #expect(Set(seen) == Set(0..<4000))
        for first in 0..<4 {
            let own = seen.filter { $0 / 1000 == first }
            #expect(own == own.sorted())
        }
        #expect(terminal.waitForInput(timeout: .zero, isIdle: false) == [])
        mailbox.post(1)
        #expect(terminal.waitForInput(timeout: .zero, isIdle: false) == [.posted])
    }
}
