package io.vedette.alerts.channel;

import static io.vedette.alerts.channel.Keys.ofSecret;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * A kind of channel.
 *
 * @param word under {@code type}
 * @param keys all that a channel of this type may have
 * @param reader reads where the channel's alerts go, given how messages are worded where the channel says nothing else
 */
record ChannelType(String word, Set<String> keys, BiFunction<Keys, Wording, Destination> reader) {
    private static final Set<String> COMMON = Set.of("name", "type", "matchers", "timeout", "max_wait");
    private static final Set<String> CREDENTIALS = Set.of("authorization", "basic_auth");
    private static final Set<String> WORDING = WordingConfiguration.KEYS;

    private static final List<ChannelType> ALL = List.of(
            of("webhook", DestinationConfiguration::webhook, List.of(ofSecret("url"), Set.of("format"), CREDENTIALS)),
            of(
                    "alertmanager",
                    DestinationConfiguration::alertmanager,
                    List.of(ofSecret("url"), Set.of("urls"), CREDENTIALS)),
            of(
                    "slack",
                    ChatConfiguration::slack,
                    List.of(ofSecret("url"), ofSecret("token"), Set.of("channel", "api_url"), WORDING)),
            of("feishu", ChatConfiguration::feishu, List.of(ofSecret("url"), ofSecret("secret"), WORDING)),
            of("dingtalk", ChatConfiguration::dingTalk, List.of(ofSecret("url"), ofSecret("secret"), WORDING)),
            of("wecom", ChatConfiguration::weCom, List.of(ofSecret("url"), WORDING)),
            of(
                    "email",
                    ChatConfiguration::email,
                    List.of(
                            ofSecret("password"),
                            Set.of("smarthost", "tls", "username", "ca_file", "from", "to"),
                            WORDING)));

    private static ChannelType of(String word, BiFunction<Keys, Wording, Destination> reader, List<Set<String>> keys) {
        return new ChannelType(word, Keys.union(List.of(COMMON, Keys.union(keys))), reader);
    }

    static Optional<ChannelType> ofWord(String word) {
        return ALL.stream().filter(type -> type.word.equals(word)).findFirst();
    }

    static List<String> words() {
        return ALL.stream().map(ChannelType::word).sorted().toList();
    }

    /** The keys that any type has. */
    static Set<String> allKeys() {
        return Keys.union(ALL.stream().map(ChannelType::keys).toList());
    }
}
