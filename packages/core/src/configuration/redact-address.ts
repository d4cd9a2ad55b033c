/** An address as it may be shown: without passwords, also where it is no address that anything could be reached at. */
export function redactAddress(address: string): string {
  return (
    address
      .replace(/(\/\/[^:?#]*):[\s\S]*@/, '$1:***@')
      // Without `//`.
      .replace(/^([^:/?#@]*):(?!\/\/)[\s\S]*@/, '$1:***@')
      .replace(/([?&;][a-z]*password=)[^&]*/gi, '$1***')
      .replace(/(\bpassword\s*=\s*)(?!\*)('[^']*'|[^\s&]+)/gi, '$1***')
  );
}
