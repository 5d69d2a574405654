/** `trackingDomain` is `tracking_domain` for whoever calls us. */
export function apiName(field: string): string {
  return field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
