/// Shell completions, made from the command table.
struct Completions {
    let table: CommandTable

    /// For bash.
    var bash: String {
        var lines = [
            "# bash completion for zscope",
            "_zscope() {",
            "    local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} word command=",
            "    for word in \"${COMP_WORDS[@]:1:COMP_CWORD-1}\"; do",
            "        case $word in \(names.joined(separator: "|"))) command=$word; break ;; esac",
            "    done",
            "    case $prev in",
        ]
        for option in valued {
            let words = option.words.joined(separator: " ")
            let reply =
                words.isEmpty
                ? "COMPREPLY=($(compgen -f -- \"$cur\"))"
                : "COMPREPLY=($(compgen -W '\(words)' -- \"$cur\"))"
            lines.append("        \(spellings(option).joined(separator: "|"))) \(reply); return ;;")
        }
        lines += ["    esac", "    if [[ $cur == -* ]]; then", "        case $command in"]
        for command in table.shown + [table.unnamed] {
            let words = (command.options + OptionDeclaration.common).flatMap(spellings)
            let pattern = command.name.isEmpty ? "*" : command.name
            let reply = "COMPREPLY=($(compgen -W '\(words.joined(separator: " "))' -- \"$cur\"))"
            lines.append("        \(pattern)) \(reply) ;;")
        }
        lines += [
            "        esac", "        return", "    fi", "    COMPREPLY=($(compgen -f -- \"$cur\"))",
            "    if [[ -z $command ]]; then",
            "        COMPREPLY+=($(compgen -W '\(names.joined(separator: " "))' -- \"$cur\"))",
            "    fi", "}", "complete -o filenames -o default -F _zscope zscope",
        ]
        return lines.joined(separator: "\n") + "\n"
    }

    /// For zsh.
    var zsh: String {
        var lines = [
            "#compdef zscope", "", "_zscope() {", "    local -a commands", "    commands=(",
        ]
        lines += table.shown.map { "        '\($0.name):\(quoted($0.summary))'" }
        lines += [
            "    )", "    local command=${words[(r)(\(names.joined(separator: "|")))]}",
            "    case $command in",
        ]
        for command in table.shown + [table.unnamed] {
            lines.append("    \(command.name.isEmpty ? "*" : command.name)) _arguments -S \\")
            lines += (command.options + OptionDeclaration.common).map { "        \(zsh($0)) \\" }
            let first = "'1: :{ _describe command commands; _files }'"
            lines.append("        \(first) '*: :_files' ;;")
        }
        lines += ["    esac", "}", "", "_zscope \"$@\""]
        return lines.joined(separator: "\n") + "\n"
    }

    /// For fish.
    var fish: String {
        var lines = ["# fish completion for zscope"]
        let none = "not __fish_seen_subcommand_from \(names.joined(separator: " "))"
        lines += table.shown.map { command in
            "complete -c zscope -n '\(none)' -a \(command.name) -d '\(quoted(command.summary))'"
        }
        for command in table.shown + [table.unnamed] {
            let seen = command.name.isEmpty ? none : "__fish_seen_subcommand_from \(command.name)"
            lines += command.options.map { "complete -c zscope -n '\(seen)' \(fish($0))" }
        }
        lines += OptionDeclaration.common.map { "complete -c zscope \(fish($0))" }
        return lines.joined(separator: "\n") + "\n"
    }

    private var names: [String] {
        table.shown.map(\.name)
    }

    /// Every option that takes a value, once.
    private var valued: [OptionDeclaration] {
        var seen: Set<String> = []
        return table.options.filter { $0.value != .flag && seen.insert($0.name).inserted }
    }

    private func spellings(_ option: OptionDeclaration) -> [String] {
        ["--" + option.name] + (option.short.map { ["-\($0)"] } ?? [])
    }

    private func zsh(_ option: OptionDeclaration) -> String {
        let repeated = option.isRepeatable ? "*" : ""
        let value = option.placeholder.map { name in
            let words = option.words.joined(separator: " ")
            return ":\(quoted(name)):" + (words.isEmpty ? "_files" : "(\(words))")
        }
        let help = quoted(option.help).map { $0 == "[" ? "(" : $0 == "]" ? ")" : String($0) }
            .joined()
        let tail = "[\(help)]\(value ?? "")"
        return spellings(option).map { "'\(repeated)\($0)\(tail)'" }.joined(separator: " ")
    }

    private func fish(_ option: OptionDeclaration) -> String {
        let short = option.short.map { " -s \($0)" } ?? ""
        let words = option.words.isEmpty ? "" : " -xa '\(option.words.joined(separator: " "))'"
        let value = option.value == .flag ? "" : (option.words.isEmpty ? " -r" : words)
        return "-l \(option.name)\(short)\(value) -d '\(quoted(option.help))'"
    }

    /// Text between single quotes.
    private func quoted(_ text: String) -> String {
        text.map { $0 == "'" ? "'\\''" : $0 == ":" ? " -" : String($0) }.joined()
    }
}
