// A real OpenID provider for the tests: PORT, the app's addresses, and whether it forges identity tokens.
// Anyone may log in by name; what the claims say of them is in PEOPLE.
import { createRequire } from "node:module";

const require = createRequire(`${process.env.MODULES}/`);
const { default: Provider } = await import(require.resolve("oidc-provider"));

const { PORT, APP, FORGE } = process.env;
const ADDRESSES = APP.split(" ").map((address) => `${address}oauth2callback`);
const PEOPLE = {
  buero: { groups: ["im-buero"] },
  leser: { groups: ["im-leser"] },
  fb51: { groups: ["im-fb"], stelle: "FB 51" },
  fremd: { groups: ["drucker", "administrator", "office"] },
};

const provider = new Provider(`http://127.0.0.1:${PORT}`, {
  clients: [
    {
      client_id: "monitoring",
      client_secret: "only-for-tests-only-for-tests-only",
      redirect_uris: ADDRESSES,
      post_logout_redirect_uris: ADDRESSES,
      response_types: ["code"],
      grant_types: ["authorization_code"],
    },
  ],
  claims: { openid: ["sub", "email", "email_verified", "groups", "stelle"], email: [], profile: [] },
  conformIdTokenClaims: false,
  features: { devInteractions: { enabled: true }, rpInitiatedLogout: { enabled: true } },
  cookies: { keys: ["only-for-tests"] },
  findAccount: (ctx, id) => ({
    accountId: id,
    claims: () => ({ sub: id, email: `${id}@stadt.de`, email_verified: true, ...PEOPLE[id] }),
  }),
});

if (FORGE) {
  const encoded = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
  provider.use(async (ctx, next) => {
    await next();
    if (ctx.path === "/token" && ctx.body?.id_token) {
      const said = JSON.parse(Buffer.from(ctx.body.id_token.split(".")[1], "base64url"));
      ctx.body.id_token = `${encoded({ alg: "none" })}.${encoded({ ...said, groups: ["im-buero"] })}.`;
    }
  });
}

provider.listen(Number(PORT), "127.0.0.1", () => console.log("ready"));
