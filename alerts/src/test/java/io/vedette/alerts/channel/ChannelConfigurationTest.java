package io.vedette.alerts.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vedette.alerts.channel.Destination.Format;
import io.vedette.model.yaml.ConfigurationException;
import io.vedette.model.yaml.YamlValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChannelConfigurationTest {
    private static final String SECRET = "s3cr3t";

    @TempDir
    Path folder;

    @Test
    void aWebhookNeedsNoMoreThanNameAndUrl() {
        assertThat(read("- {name: ops, type: webhook, url: http://127.0.0.1:5001/}"))
                .containsExactly(ChannelSettings.webhook("ops", "http://127.0.0.1:5001/"));
    }

    @Test
    void everythingCanBeSaid() throws IOException {
        Files.writeString(folder.resolve("url"), "https://hooks.example.org/" + SECRET + '\n');
        Files.writeString(folder.resolve("token"), SECRET);

        ChannelSettings settings = read("""
                        - name: night
                          type: webhook
                          url_file: url
                          authorization: {type: Token, credentials_file: token}
                          matchers: [severity=critical]
                          format: vedette
                          timeout: 3s
                          max_wait: 2m
                        """).get(0);

        Destination.Webhook webhook = (Destination.Webhook) settings.destination();
        assertThat(webhook.address().uri()).hasToString("https://hooks.example.org/" + SECRET);
        assertThat(settings.authorization().orElseThrow().header()).isEqualTo("Token " + SECRET);
        assertThat(settings.matchers()).hasToString("[severity=\"critical\"]");
        assertThat(webhook.format()).isEqualTo(Format.VEDETTE);
        assertThat(settings.timeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(settings.maxWait()).isEqualTo(Duration.ofMinutes(2));
        assertThat(settings.toString())
                .contains("https://hooks.example.org/***")
                .doesNotContain(SECRET);
    }

    @Test
    void alertmanagersAreNamedByTheUrlThatPeopleUse() throws IOException {
        ChannelSettings settings = read("""
                        - name: am
                          type: alertmanager
                          urls: [http://am-1:9093, https://ops.example.org/alertmanager/]
                          basic_auth: {username: vedette, password: s3cr3t}
                        """).get(0);

        Destination.Alertmanager destination = (Destination.Alertmanager) settings.destination();
        assertThat(destination.servers()).hasSize(2);
        assertThat(Destination.Alertmanager.alerts(destination.servers().get(0)))
                .hasToString("http://am-1:9093/api/v2/alerts");
        assertThat(Destination.Alertmanager.alerts(destination.servers().get(1)))
                .hasToString("https://ops.example.org/alertmanager/api/v2/alerts");
        assertThat(settings.toString()).contains("http://am-1:9093/***").doesNotContain(SECRET);
    }

    @Test
    void channelsForPeopleAreWordedAsTheyOrTheirListSay() throws IOException {
        Files.writeString(folder.resolve("secret"), SECRET);

        List<ChannelSettings> settings = read("""
                - {name: bot, type: slack, token: s3cr3t, channel: C0123456789}
                - {name: fei, type: feishu, url: http://h/s3cr3t, secret_file: secret, language: zh, timezone: Asia/Shanghai}
                - {name: ding, type: dingtalk, url: http://h/s3cr3t, dashboard_url: "https://g/d?i={instance}"}
                - name: mail
                  type: email
                  smarthost: "mail.example.org:465"
                  username: vedette
                  password_file: secret
                  from: Vedette <vedette@example.org>
                  to: [ops@example.org, night@example.org]
                """);

        assertThat(settings.get(0).authorization().orElseThrow().header()).isEqualTo("Bearer " + SECRET);
        assertThat(settings.get(0).destination())
                .isEqualTo(new Destination.SlackBot(Destination.SlackBot.API, "C0123456789", Wording.DEFAULT));
        Destination.Feishu feishu = (Destination.Feishu) settings.get(1).destination();
        assertThat(feishu.wording())
                .isEqualTo(new Wording(Language.CHINESE, ZoneId.of("Asia/Shanghai"), Optional.empty()));
        assertThat(feishu.secret().orElseThrow().reveal()).isEqualTo(SECRET);
        Destination.DingTalk dingTalk = (Destination.DingTalk) settings.get(2).destination();
        assertThat(dingTalk.wording().dashboard().orElseThrow().fill(Map.of("instance", "a b:1")))
                .isEqualTo("https://g/d?i=a%20b%3A1");
        Destination.Email email = (Destination.Email) settings.get(3).destination();
        assertThat(email.server().tls()).isEqualTo(MailServer.Tls.IMPLICIT);
        assertThat(email.to()).containsExactly("ops@example.org", "night@example.org");
        assertThat(settings.toString()).doesNotContain(SECRET);
    }

    @Test
    void aSecretIsNeverPrinted() {
        ChannelSettings settings = new ChannelSettings(
                "ops",
                new Destination.Webhook(
                        new Address(Secret.of("http://127.0.0.1:5001/" + SECRET + "?key=" + SECRET)),
                        Format.ALERTMANAGER),
                Optional.of(new Authorization.Basic("ops", Secret.of(SECRET))),
                List.of(),
                Duration.ofSeconds(1),
                Duration.ofSeconds(1));

        assertThat(settings.toString()).contains("http://127.0.0.1:5001/***").doesNotContain(SECRET);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{type: webhook, url: http://h/s3cr3t} | 1:3: 'name' is missing here",
                "{name: a, url: http://h/s3cr3t} | 1:3: 'type' is missing here",
                "{name: a, type: webhok, url: http://h/s3cr3t} | 1:19: unknown type 'webhok'; did you mean 'webhook'?",
                "{name: a, type: teams, url: http://h/s3cr3t} | 1:19: unknown type 'teams'; known: alertmanager, dingtalk, email",
                "{name: a, type: webhook} | 1:3: give one of url, url_file and url_env",
                "{name: a, type: webhook, url: 'ht tp://h/s3cr3t'} | 1:33: no valid URL (wrong at character 3)",
                "{name: a, type: webhook, url: ftp://h/s3cr3t} | 1:33: no http:// or https:// URL with a host",
                "{name: a, type: webhook, url: http://u:s3cr3t@h/} | 1:33: a URL with user and password in it, which belong",
                "{name: a, type: webhook, url_file: nowhere} | cannot read the secret in ",
                "{name: a, type: webhook, url: http://h/, matchers: [severity]} | 1:55: 'severity' is no matcher",
                "{name: a, type: webhook, url: http://h/, format: slack} | unknown format 'slack'; known: alertmanager",
                "{name: a, type: webhook, url: http://h/, timeout: 0s} | timeout and max_wait of channel a must be",
                "{name: a, type: webhook, url: http://h/, timout: 1s} | unknown key 'timout'; did you mean 'timeout'?",
                "{name: a, type: webhook, urls: [http://h/s3cr3t]} | 1:28: unknown key 'urls'; did you mean 'url'?",
                "{name: a, type: alertmanager, url: http://h/, format: vedette} | 1:49: unknown key 'format'; known: ",
                "{name: a, type: alertmanager} | 1:3: give one of urls, url, url_file and url_env",
                "{name: a, type: alertmanager, url: http://h, urls: [http://i]} | 1:3: give one of urls, url, url_file and ",
                "{name: a, type: alertmanager, urls: []} | 1:39: name at least one server",
                "{name: a, type: alertmanager, urls: [http://h:1, 'ht tp://s3cr3t']} | 1:52: no valid URL (wrong at c",
                "{name: a, type: alertmanager, urls: [http://h:1, http://h:1/]} | 1:52: this server stands here twice",
                "{name: a, type: alertmanager, url: http://h/api/v2/alerts} | 1:38: more than the server's URL; leave",
                "{name: a, type: alertmanager, url: http://h/am?s3cr3t} | 1:38: more than the server's URL; leave",
                "{name: a, type: slack} | 1:3: give either the url of an incoming webhook, or the token of a bot and a",
                "{name: a, type: slack, url: http://h/s3cr3t, token: s3cr3t} | 1:3: give either the url of an incoming",
                "{name: a, type: slack, token: s3cr3t} | 1:3: 'channel' is missing here",
                "{name: a, type: slack, token: s3cr3t, channel: '#ops'} | 1:50: '#ops' is no id of a channel; write the",
                "{name: a, type: slack, url: http://h/s3cr3t, channel: C0123456789} | 1:57: 'channel' goes with a bot's",
                "{name: a, type: slack, token_env: VEDETTE_NOT_SET, channel: C0123456789} | the environment has no secret",
                "{name: a, type: feishu, url: http://h/s3cr3t, secret_file: nowhere} | 1:62: cannot read the secret in",
                "{name: a, type: feishu, url: http://h/s3cr3t, secert: s3cr3t} | unknown key 'secert'; did you mean 'secret'",
                "{name: a, type: dingtalk, url: http://h/, secret: s3cr3t, secret_file: x} | 1:3: give one of secret, secret",
                "{name: a, type: wecom, url: http://h/, secret: s3cr3t} | 1:42: unknown key 'secret'; known: ",
                "{name: a, type: wecom, url: http://h/, language: zn} | 1:52: unknown language 'zn'; known: en, zh",
                "{name: a, type: wecom, url: http://h/, timezone: Bejing} | 1:52: unknown time zone 'Bejing'; write one",
                "{name: a, type: wecom, url: http://h/, dashboard_url: '/d/x'} | 1:57: '/d/x' is no address; write https:",
                "{name: a, type: wecom, url: http://h/, dashboard_url: 'http://g/{host}'} | unknown place '{host}'",
                "{name: a, type: email, from: a@b.c, to: d@e.f} | 1:3: 'smarthost' is missing here",
                "{name: a, type: email, smarthost: 'h:1:2', from: a@b.c, to: d@e.f} | 1:37: 'h:1:2' is no mail server",
                "{name: a, type: email, smarthost: h, from: a, to: d@e.f} | 1:46: 'a' is no mail address; write NAME@",
                "{name: a, type: email, smarthost: h, from: a@b.c, to: []} | 1:57: name at least one address",
                "{name: a, type: email, smarthost: h, from: a@b.c, to: d@e.f, username: u} | give both username and passw",
                "{name: a, type: email, smarthost: h, from: a@b.c, to: d@e.f, tls: non} | unknown tls 'non'; did you mean 'none'?",
                "{name: a, type: email, smarthost: h, from: a@b.c, to: d@e.f, tls: none, username: u, password: s3cr3t}"
                        + " | 1:69: 'none' would send the password for everybody to read",
                "{name: a, type: email, smarthost: h, from: a@b.c, to: d@e.f, ca_file: nowhere} | 1:73: cannot read ",
                "{name: console, type: webhook, url: http://h/} | 'console' is no name for a channel",
                "{name: a b, type: webhook, url: http://h/} | 'a b' is no name for a channel",
                "{name: a, type: webhook, url: http://h/, basic_auth: {username: u}} | give one of password, password",
                "{name: a, type: webhook, url: http://h/, authorization: {credentials: x}, "
                        + "basic_auth: {username: u, password: s3cr3t}} | give authorization or basic_auth, not both"
            })
    void aMistakeIsToldWithItsPlaceAndNoSecret(String channel, String message) {
        assertThatThrownBy(() -> read("- " + channel))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("vedette.yaml:1:")
                .hasMessageContaining(message)
                .hasMessageNotContaining(SECRET);
    }

    @Test
    void anAddressOnTheCommandLineIsCheckedToo() {
        assertThatThrownBy(() -> ChannelSettings.webhook("cli", "localhost:5001/" + SECRET))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "the webhook's address is no http:// or https:// URL with a host; write http://HOST:PORT/PATH");
    }

    @Test
    void namesAreNotUsedTwice() {
        assertThatThrownBy(() ->
                        read("- {name: a, type: webhook, url: http://h/}\n- {name: a, type: webhook, url: http://i/}"))
                .hasMessageContaining("vedette.yaml:2:3: there are two channels 'a'");
    }

    private List<ChannelSettings> read(String yaml) {
        return ChannelConfiguration.readAll(
                YamlValue.parse(folder.resolve("vedette.yaml").toString(), yaml).orElseThrow(), Wording.DEFAULT);
    }
}
