/**
 * The interface's document, OpenAPI 3.1 at {@code /api/openapi.json} and as a page at {@code
 * /docs}, and the examples in it, which a test runs against a running server.
 *
 * <p>A controller method needs an {@code @Operation(operationId = …, summary = …)}; headers,
 * problem answers and security are added here. Every operation needs {@code
 * resources/openapi/examples/<operationId>.json} with one success and one refusal:
 *
 * <pre>{@code
 * {"setup":   [{"use": "tenant"}],
 *  "success": {"as": "platform_billing",
 *              "body": {"tenant_id": "{{tenant}}", "plan_code": "{{plan}}"},
 *              "status": 201,
 *              "answer": {"id": "*", "tenant_id": "{{tenant}}", "status": "PENDING"}},
 *  "refusal": {"as": "platform_billing",
 *              "body": {"tenant_id": "{{tenant}}", "plan_code": "none"},
 *              "status": 422,
 *              "answer": {"code": "plan.not-found"}}}
 * }</pre>
 *
 * <ul>
 *   <li>{@code setup} are steps that run first, before each of the two ({@code success} and {@code
 *       refusal} may have a {@code setup} of their own too). A step is {@code {"call":
 *       "<operationId>", …}} with the members below and {@code "save": {"tenant": "/id"}} (a JSON
 *       pointer into the answer), or {@code {"use": "<name>"}} for the steps in {@code
 *       openapi/setups/<name>.json}.
 *   <li>{@code as} is the role that calls; a tenant's role acts for {@code "tenant"}, which is
 *       {@code {{tenant}}} unless it says otherwise. {@code path}, {@code query} and {@code
 *       headers} are objects of texts; {@code body} is JSON; {@code form} is a multipart form of
 *       texts and of files {@code {"file": "a.pdf", "type": "application/pdf", "base64": "…"}}.
 *       Keys and Ledger-Position are sent by themselves.
 *   <li>{@code answer} is a part of what must come back: objects may have more fields, arrays more
 *       elements; {@code "*"} stands for anything but null. Left out for an answer without JSON.
 *   <li>{@code {{name}}} is what was saved, {@code {{unique}}} a text that no other run uses.
 * </ul>
 */
package io.billingledger.api.openapi;
